/**
 * Options for a copy that one read of the source makes. In several steps it would begin anew with each commit of another
 * connection, and under steady work never end. WAL lets writers go on meanwhile.
 */
export const wholeInOneStep = { rate: 2 ** 31 - 1 }
