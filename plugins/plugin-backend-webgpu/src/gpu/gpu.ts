/** What we use of an adapter. */
export interface Adapter {
  readonly features: { has(name: string): boolean };
  readonly limits: Readonly<Record<string, number>>;
  readonly info: {
    readonly vendor: string;
    readonly architecture: string;
    readonly device: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
  /** Older implementations say it here. */
  readonly isFallbackAdapter?: boolean;
  requestDevice(descriptor: object): Promise<Device>;
}

/** What we use of a device; tfjs uses the rest. */
export interface Device {
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
  destroy(): void;
}

/** `navigator.gpu`. */
export interface Gpu {
  requestAdapter(options?: { readonly powerPreference?: 'high-performance' }): Promise<Adapter | null>;
}

/** There is no WebGPU, or no adapter: why, and what to do. */
export class NoGpu extends Error {
  readonly reason: string;
  readonly advice: string;

  constructor(reason: string, advice: string, options?: ErrorOptions) {
    super(`plugin-backend-webgpu: ${reason}; ${advice}`, options);
    this.reason = reason;
    this.advice = advice;
  }
}
