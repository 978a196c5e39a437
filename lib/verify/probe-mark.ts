/** The span attribute that has the mark of a probe: a resource attribute would begin new series. */
export const probeMark = 'podhost.probe';

/** With what the names of the Jobs, pods and marks of all probes begin. */
export const probePrefix = 'podhost-probe-';
