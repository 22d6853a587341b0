/** The camera's dialog, loaded when it is first opened. */
import { lazy, Suspense, type ReactNode } from "react";
import type { WebcamProps } from "./WebcamDialog.tsx";

const Dialog = lazy(() => import("./WebcamDialog.tsx"));

export const Webcam = (props: WebcamProps): ReactNode => <Suspense fallback={null}><Dialog {...props} /></Suspense>;
