import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { texts } from '~/texts/texts';
import { Button, IconButton } from './button';
import styles from './dialog.module.css';

interface Props {
    title: string;
    onClose: () => void;
    children: ComponentChildren;
}

/**
 * A native modal dialog: the browser keeps the focus inside, closes it with Escape, and gives the
 * focus back. It is open as long as it is rendered.
 */
export function Dialog({ title, onClose, children }: Props) {
    const dialog = useRef<HTMLDialogElement>(null);
    const titleId = useId();
    useEffect(() => {
        const element = dialog.current;
        const opener = document.activeElement;
        element?.showModal();
        return () => {
            element?.close();
            if (opener instanceof HTMLElement && opener.isConnected) {
                opener.focus({ preventScroll: true });
            }
        };
    }, []);
    return (
        <dialog
            ref={dialog}
            class={styles.dialog}
            aria-labelledby={titleId}
            onCancel={(event) => {
                event.preventDefault();
                onClose();
            }}
            onClick={(event) => {
                // A press on the backdrop is one on the dialog itself, outside of its content.
                if (event.target === event.currentTarget) {
                    onClose();
                }
            }}
        >
            <div class={styles.top}>
                <h2 id={titleId} class={styles.title}>
                    {title}
                </h2>
                <IconButton icon="close" label={texts().app.close} onClick={onClose} />
            </div>
            <div class={styles.content}>{children}</div>
        </dialog>
    );
}

interface ConfirmProps {
    title: string;
    text: string;
    action: string;
    isDangerous?: boolean;
    onConfirm: () => void;
    onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
    title,
    text,
    action,
    isDangerous = false,
    onConfirm,
    onClose,
}: ConfirmProps) {
    return (
        <Dialog title={title} onClose={onClose}>
            <p>{text}</p>
            <DialogButtons>
                <Button kind="quiet" onClick={onClose}>
                    {texts().app.cancel}
                </Button>
                <Button
                    kind={isDangerous ? 'danger' : 'primary'}
                    onClick={() => {
                        onClose();
                        onConfirm();
                    }}
                >
                    {action}
                </Button>
            </DialogButtons>
        </Dialog>
    );
}

export function DialogButtons({ children }: { children: ComponentChildren }) {
    return <div class={styles.buttons}>{children}</div>;
}
