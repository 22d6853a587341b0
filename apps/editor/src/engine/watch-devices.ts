/** Notices the loss of a WebGPU device, whichever library opened it: some wait for a lost device for ever. */

interface Device {
  destroy(): void;
  readonly lost: Promise<{ readonly reason?: string; readonly message?: string }>;
}
interface AdapterClass {
  prototype: { requestDevice(...given: unknown[]): Promise<Device> };
}

/** Milliseconds that a library gets to notice by itself, or to open a new device: it may have closed the old one on purpose. */
const PATIENCE = 1200;

export interface DeviceWatch {
  /** Resolves with a sentence when a device is lost from here on and nothing takes its place. Never settles otherwise. */
  untilLost(): { readonly lost: Promise<string>; end(): void };
}

/** From now on. Where there is no WebGPU, nothing is ever lost. */
export function watchDevices(scope: { GPUAdapter?: AdapterClass } = globalThis as never): DeviceWatch {
  const listeners = new Set<(reason: string) => void>();
  let opened = 0;
  const prototype = scope.GPUAdapter?.prototype;
  if (prototype) {
    const { requestDevice } = prototype;
    prototype.requestDevice = async function (...given) {
      const device = await requestDevice.apply(this, given);
      const mine = ++opened;
      // A library that closes its device between runs does so on purpose.
      let isClosed = false;
      const { destroy } = device;
      device.destroy = () => {
        if (!listeners.size) isClosed = true;
        destroy.call(device);
      };
      void device.lost.then((info) => {
        if (isClosed) return;
        setTimeout(() => {
          if (mine === opened) for (const tell of listeners) tell(`The GPU device was lost${info.message ? ` (${info.message.replace(/[.\s]+$/, "")})` : ""}`);
        }, PATIENCE);
      });
      return device;
    };
  }
  return {
    untilLost() {
      let tell!: (reason: string) => void;
      const lost = new Promise<string>((resolve) => (tell = resolve));
      listeners.add(tell);
      return { lost, end: () => void listeners.delete(tell) };
    },
  };
}
