import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';
import styles from './note.module.css';

interface Props {
    icon: IconName;
    title: string;
    text?: string | undefined;
    /** Buttons: what one can do about it. */
    children?: ComponentChildren;
    /** Failures are announced; an empty list is only read. */
    isAlert?: boolean;
    /** It is all that there is on the page: its title is the page's. */
    isWhole?: boolean;
}

/** Stands where content would be: an empty list, a failure. */
export function Note({ icon, title, text, children, isAlert = false, isWhole = false }: Props) {
    const Title = isWhole ? 'h1' : 'h2';
    return (
        <div class={styles.note} role={isAlert ? 'alert' : undefined}>
            <div class={styles.sign}>
                <Icon name={icon} size={30} />
            </div>
            <Title class={styles.title}>{title}</Title>
            {text !== undefined && text !== '' && <p class={styles.text}>{text}</p>}
            {children !== undefined && <div class={styles.actions}>{children}</div>}
        </div>
    );
}
