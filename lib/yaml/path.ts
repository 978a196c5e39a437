/** Keys and indexes that lead from the top of a document to a value. */
export type Path = readonly (string | number)[];
