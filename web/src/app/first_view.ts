import { api } from '~/api/api';
import { visit } from '~/router/router';

/** A server that is slow to answer must not keep the rest from starting. */
const PATIENCE_MS = 2_000;

let open: () => void = () => undefined;
const shown = new Promise<void>((resolve) => {
    open = resolve;
});

function after(delayMs: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** A page asks for its content just before it becomes the visit on screen. */
function firstVisit(): Promise<void> {
    return new Promise((resolve) => visit.subscribe((shown) => shown !== null && resolve()));
}

/** A frame in a hidden tab never comes; whoever waits for one waits for time as well. */
function nextPaint(): Promise<void> {
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/**
 * Runs what the first page does not need once its content is on screen: until then it has the
 * network and the processor for itself.
 */
export function afterFirstView(run: () => void): void {
    void shown.then(run);
}

async function firstContent(): Promise<void> {
    await firstVisit();
    await api.idle();
    await nextPaint();
}

/** To be called once, when the app starts. */
export async function awaitFirstView(): Promise<void> {
    await Promise.race([firstContent(), after(PATIENCE_MS)]);
    open();
}
