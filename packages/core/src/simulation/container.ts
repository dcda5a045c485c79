import 'reflect-metadata';
import {
  container as root,
  instanceCachingFactory,
  type DependencyContainer,
  type InjectionToken,
} from 'tsyringe';

/** Instances by token, each made once, when it is first asked for. The one place that knows the injection library. */
export class Container {
  readonly #container: DependencyContainer = root.createChildContainer();

  provide<T>(token: symbol, create: () => T): void {
    this.#container.register<T>(token as InjectionToken<T>, { useFactory: instanceCachingFactory(create) });
  }

  has(token: symbol): boolean {
    return this.#container.isRegistered(token);
  }

  get<T>(token: symbol): T {
    return this.#container.resolve<T>(token as InjectionToken<T>);
  }

  clear(): void {
    this.#container.clearInstances();
    this.#container.reset();
  }
}
