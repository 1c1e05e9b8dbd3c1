import { signal } from '@preact/signals';

/** The post that has the focus in a feed: what the keys r, f and b are about. */
export const selectedStatusId = signal<string | null>(null);
