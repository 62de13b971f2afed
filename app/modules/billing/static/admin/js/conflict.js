/**
 * What to do when somebody else saved first: nothing is overwritten, nothing typed is lost.
 *
 * A component has `conflict` while its last save met a newer version. `rebase` fetches that, puts
 * the reader's own changes on top, and leaves the saving to the reader.
 */

const CODE = "edited_meanwhile";

export const isConflict = (error) => error.code === CODE;

/** Those of `values` that differ from `before`. */
export function ownChanges(values, before) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== before[name]));
}
