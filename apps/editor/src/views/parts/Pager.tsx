/** One of several, and the way to the next. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";

export function Pager({ what, index, count, name, onChange }: { what: string; index: number; count: number; name?: string; onChange: (index: number) => void }): ReactNode {
  if (count < 2) return null;
  return (
    <div className="pb-pager nodrag">
      <Button label={`Previous ${what}`} icon={<ChevronLeft />} iconOnly variant="quiet" onClick={() => onChange((index + count - 1) % count)} />
      <span className="pb-pager-name" title={name}>{name ?? what}</span>
      <span className="pb-pager-place">{index + 1} / {count}</span>
      <Button label={`Next ${what}`} icon={<ChevronRight />} iconOnly variant="quiet" onClick={() => onChange((index + 1) % count)} />
    </div>
  );
}
