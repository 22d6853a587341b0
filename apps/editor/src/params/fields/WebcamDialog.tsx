/** Takes a photo with the camera: live, as in a mirror, and again until it is good. The picture stays on this machine. */
import { Camera, Check, RotateCcw } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Switch } from "../../ui/fields.tsx";
import { personName } from "../picture-list.ts";

const REASONS: { readonly [name: string]: string } = {
  NotAllowedError: "The camera may not be used: permission was denied. Allow the camera for this page in the browser’s address bar, then try again.",
  SecurityError: "The camera may not be used: this page is not allowed to. It works on https and on localhost.",
  NotFoundError: "No camera was found. Connect one, then try again.",
  OverconstrainedError: "No camera was found that fits. Connect one, then try again.",
  NotReadableError: "The camera cannot be read: another program may be using it. Close that program, then try again.",
};

interface Shot {
  readonly file: File;
  readonly url: string;
}

export interface WebcamProps {
  /** Asks for the person's name too. */
  readonly askName?: boolean;
  readonly knownNames?: readonly string[];
  onTake(file: File, name: string): void;
  onClose(): void;
}

export default function WebcamDialog({ askName = false, knownNames = [], onTake, onClose }: WebcamProps): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const [mirrored, setMirrored] = useState(true);
  const [shot, setShot] = useState<Shot | null>(null);
  const [name, setName] = useState("");

  useEffect(() => {
    let ended = false;
    let stream: MediaStream | null = null;
    setProblem(null);
    setReady(false);
    openCamera().then(
      (opened) => {
        if (ended) return stop(opened);
        stream = opened;
        if (video.current) video.current.srcObject = opened;
      },
      (error: unknown) => ended || setProblem(reasonOf(error)),
    );
    return () => {
      ended = true;
      stop(stream);
    };
  }, [attempt]);
  useEffect(() => () => void (shot && URL.revokeObjectURL(shot.url)), [shot]);

  const take = async (): Promise<void> => {
    const blob = video.current && (await frameOf(video.current, mirrored));
    if (blob) setShot({ file: new File([blob], `${personName(name) || "webcam"}.jpg`, { type: "image/jpeg" }), url: URL.createObjectURL(blob) });
  };
  const use = (): void => {
    onTake(new File([shot!.file], `${personName(name) || "webcam"}.jpg`, { type: "image/jpeg" }), personName(name));
    onClose();
  };
  const nameless = askName && personName(name) === "";

  return (
    <Dialog title={askName ? "Enrol with the camera" : "Take a photo"} about="The picture stays on this machine." onClose={onClose}>
      <div className="pb-webcam">
        {askName ? (
          <label className="pb-webcam-name">
            <span>Person’s name</span>
            <input className="pb-input" value={name} list="pb-known-people" autoComplete="off" autoFocus onChange={(event) => setName(event.target.value)} />
            <datalist id="pb-known-people">{knownNames.map((known) => <option key={known} value={known} />)}</datalist>
          </label>
        ) : null}
        <div className="pb-webcam-picture">
          <video ref={video} autoPlay playsInline muted data-mirrored={mirrored || undefined} hidden={shot !== null || problem !== null} aria-label="What the camera sees" onLoadedData={() => setReady(true)} />
          {shot ? <img src={shot.url} alt="The photo that was taken" /> : null}
          {problem ? <p role="alert">{problem}</p> : !ready ? <p role="status">Waiting for the camera…</p> : null}
        </div>
        <div className="pb-webcam-actions">
          {problem ? <Button label="Try again" icon={<RotateCcw />} onClick={() => setAttempt(attempt + 1)} /> : null}
          {shot ? (
            <>
              <Button label="Use this photo" icon={<Check />} variant="primary" disabled={nameless} {...(nameless ? { help: "Give the person’s name first." } : {})} onClick={use} />
              <Button label="Take another" icon={<RotateCcw />} onClick={() => setShot(null)} />
            </>
          ) : problem ? null : (
            <>
              <Button label="Take the photo" icon={<Camera />} variant="primary" disabled={!ready} onClick={() => void take()} />
              <label className="pb-webcam-mirror"><Switch label="Mirrored" checked={mirrored} onChange={setMirrored} /> Mirrored</label>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("", "SecurityError");
  return navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 960 }, facingMode: "user" }, audio: false });
}

const stop = (stream: MediaStream | null): void => stream?.getTracks().forEach((track) => track.stop());

const reasonOf = (error: unknown): string =>
  REASONS[error instanceof DOMException ? error.name : ""] ?? `The camera could not be opened: ${error instanceof Error ? error.message : String(error)}`;

/** What is seen is what is kept: mirrored where the preview is. */
async function frameOf(video: HTMLVideoElement, mirrored: boolean): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  if (canvas.width === 0) return null;
  const context = canvas.getContext("2d")!;
  if (mirrored) context.setTransform(-1, 0, 0, 1, canvas.width, 0);
  context.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
}
