/** Languages whose SDKs podhost knows. */
export const languages = ['java', 'nodejs', 'python', 'dotnet', 'go', 'ruby', 'php', 'rust', 'cpp'] as const;

export type Language = (typeof languages)[number];
