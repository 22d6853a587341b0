/** Under which it is remembered that this browser was offered the tour. */
export const OFFERED = "tour-offered";
