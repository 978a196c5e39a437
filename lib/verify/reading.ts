/** Something that was read, or the reason why it was not. */
export type Reading<T> =
  | { readonly value: T }
  | {
      /** One sentence without a full stop. */
      readonly unread: string;
      /**
       * What makes it readable.
       *
       * @default - nothing is known to
       */
      readonly remedy?: string;
    };

export const wasRead = <T>(reading: Reading<T>): reading is { readonly value: T } => 'value' in reading;
