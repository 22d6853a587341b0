/** The product's mark: a cable patched from one jack to another, over a second one. The page's icon is the same drawing. */
import type { ReactNode } from "react";

export function Mark({ size = 24 }: { size?: number }): ReactNode {
  return (
    <svg className="pb-mark" width={size} height={size} viewBox="0 0 32 32" fill="none" strokeLinecap="round" aria-hidden="true">
      <rect width="32" height="32" rx="7.5" fill="#3b57d2" />
      <path d="M9 21c3 0 4-1 5-2M18 13c1-1 2-2 5-2" stroke="#9db3ff" strokeWidth="2.25" />
      <path d="M9 11c8 0 6 10 14 10" stroke="#fff" strokeWidth="2.25" />
      <circle cx="8.5" cy="11" r="3" fill="#5cc8a0" />
      <rect x="5.75" y="18.25" width="5.5" height="5.5" rx="1.25" fill="#ffd166" />
      <circle cx="23.5" cy="21" r="3" fill="#ff8f8f" />
      <path d="m23.5 7.4 3.6 3.6-3.6 3.6-3.6-3.6z" fill="#c58bff" />
    </svg>
  );
}
