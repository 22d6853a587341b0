/** What the colours and shapes of ports mean. */
import { ChevronDown, ChevronUp } from "lucide-react";
import { useState, type ReactNode } from "react";
import { KIND_LOOK, PORT_KINDS } from "../../model/port-kind.ts";
import { PortMark } from "../node/PortMark.tsx";

export function Legend(): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <section className="pb-legend" aria-label="Legend">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? null : <span className="pb-legend-some" aria-hidden="true">{PORT_KINDS.slice(0, 5).map((kind) => <span key={kind} data-kind={kind}><PortMark kind={kind} hollow={false} /></span>)}</span>}
        Legend
        {open ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
      </button>
      {open ? (
        <ul>
          {PORT_KINDS.map((kind) => <li key={kind} data-kind={kind}><PortMark kind={kind} hollow={false} />{KIND_LOOK[kind].title}</li>)}
          <li data-kind="plain" className="pb-legend-line"><PortMark kind="tensor" hollow />Outlined: optional</li>
          <li data-kind="plain"><PortMark kind="tensor" hollow={false} multiple />Takes many wires</li>
        </ul>
      ) : null}
    </section>
  );
}
