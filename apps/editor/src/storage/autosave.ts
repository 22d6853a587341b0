/** When to write: soon after the last edit of a burst, never long after the first, one write at a time. */

export interface Autosave {
  /** There is something new to write. */
  changed(): void;
  /** Writes at once what is not written; resolves when it is, or has failed. */
  flush(): Promise<void>;
  /** Nothing is written any more. */
  end(): void;
}

export interface AutosaveOptions {
  /** Writes all there is at this moment; calls for storage before it first awaits. A failure is its own to tell. */
  write(): Promise<void>;
  /** Milliseconds without another edit. */
  quiet?: number;
  /** Milliseconds after the first edit that is not written. */
  longest?: number;
}

export function createAutosave({ write, quiet = 20, longest = 45 }: AutosaveOptions): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first edit came that is not being written; null: there is none. */
  let since: number | null = null;
  let writing: Promise<void> | null = null;
  let ended = false;

  function start(): Promise<void> {
    clearTimeout(timer);
    since = null;
    const own: Promise<void> = write()
      .catch(() => {})
      .finally(() => {
        if (writing === own) writing = null;
        if (since !== null) plan();
      });
    return (writing = own);
  }
  function plan(): void {
    clearTimeout(timer);
    if (ended || since === null || writing) return;
    timer = setTimeout(() => void start(), Math.max(0, Math.min(quiet, since + longest - performance.now())));
  }
  return {
    changed() {
      since ??= performance.now();
      plan();
    },
    async flush() {
      // What is being written may be older than the last edit: that goes after it, without waiting for it.
      if (since !== null && !ended) await Promise.all([writing, start()]);
      else await writing;
    },
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}
