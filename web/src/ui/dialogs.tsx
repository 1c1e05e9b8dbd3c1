import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { ConfirmDialog } from './dialog';

interface OpenDialog {
    id: number;
    render: (close: () => void) => ComponentChildren;
}

const open = signal<OpenDialog[]>([]);
let lastId = 0;

/** Shows a dialog above whatever page there is: `showDialog((close) => <Dialog onClose={close} …>)`. */
export function showDialog(render: OpenDialog['render']): void {
    lastId += 1;
    open.value = [...open.peek(), { id: lastId, render }];
}

/** Asks; true if the person says yes. */
export function confirm(question: {
    title: string;
    text: string;
    action: string;
    isDangerous?: boolean;
}): Promise<boolean> {
    return new Promise((resolve) => {
        showDialog((close) => (
            <ConfirmDialog
                {...question}
                onConfirm={() => resolve(true)}
                onClose={() => {
                    close();
                    // After a confirmation this comes second and changes nothing.
                    queueMicrotask(() => resolve(false));
                }}
            />
        ));
    });
}

export function isDialogOpen(): boolean {
    return open.peek().length > 0 || document.querySelector('dialog[open]') !== null;
}

/** Where dialogs appear; the shell renders it once. */
export function DialogHost() {
    return (
        <>
            {open.value.map(({ id, render }) => (
                <div key={id}>
                    {render(() => {
                        open.value = open.peek().filter((other) => other.id !== id);
                    })}
                </div>
            ))}
        </>
    );
}
