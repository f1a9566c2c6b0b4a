export function compareMethods(_dir: string): void {}
