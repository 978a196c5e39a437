/** How an action ended. */
export type ActionEnd =
  /** `commands` counts those that it has run. */
  | { readonly kind: 'done'; readonly milliseconds: number; readonly commands: number }
  | { readonly kind: 'already so'; readonly reason: string }
  | { readonly kind: 'failed' };

/** Shows how a run goes on. */
export interface Reporter {
  stepStarted(title: string): void;
  actionStarted(title: string): void;
  /** Where an action stands. */
  actionTold(title: string, text: string): void;
  actionEnded(title: string, end: ActionEnd): void;
  stepEnded(failed: boolean): Promise<void>;
}
