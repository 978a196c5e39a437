/** What stands between `{{` and `}}`; the dash of `{{- ` and ` -}}` takes the blanks beside it away. */
export interface TemplateAction {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
  readonly trimsLeft: boolean;
  readonly trimsRight: boolean;
}

/** The actions of a text, in order. */
export function actionsIn(text: string): TemplateAction[] {
  const actions: TemplateAction[] = [];
  let start = text.indexOf('{{');
  while (start >= 0) {
    const close = text.indexOf('}}', start + 2);
    if (close < 0) {
      break;
    }
    const inner = text.slice(start + 2, close);
    const trimsLeft = /^-\s/.test(inner);
    const body = trimsLeft ? inner.slice(2) : inner;
    const trimsRight = /\s-$/.test(body);
    const expression = (trimsRight ? body.slice(0, -2) : body).trim();
    actions.push({ start, end: close + 2, expression, trimsLeft, trimsRight });
    start = text.indexOf('{{', close + 2);
  }
  return actions;
}

/** Whether an action begins that does not end. */
export function isUnclosed(text: string): boolean {
  const last = text.lastIndexOf('{{');
  return last >= 0 && text.indexOf('}}', last + 2) < 0;
}
