const pod = (first: string, second: string): string => `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: a
      env:
${first}${second}`;

const greeting = `        - name: GREETING
          value: hello $(WHO) # in the morning
`;
const who = `        - name: WHO
          value: world
`;

/** A manifest with one finding that has one right answer. */
export const fixable = pod(greeting, who);

/** What `lint --fix` makes of it. */
export const fixed = pod(who, greeting);
