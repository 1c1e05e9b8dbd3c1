/** Where the worker keeps what belongs to whoever is signed in; the app clears it at sign-out. */
export const PERSONAL_CACHE = 'rookery.personal';

/** What the worker and the app say to each other. */
export type WorkerMessage = 'take over' | 'kept feed shown';
