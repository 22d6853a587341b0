/** Where dialogs, menus and tips are drawn: inside the editor's root, so that its tokens reach them also in another program's page. */
import { createContext, useContext } from "react";

export const PortalContext = createContext<HTMLElement | null>(null);
export const usePortal = (): HTMLElement | undefined => useContext(PortalContext) ?? undefined;
