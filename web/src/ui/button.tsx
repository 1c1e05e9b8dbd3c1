import type { ComponentChildren, JSX, Ref } from 'preact';
import styles from './button.module.css';
import { classes } from './classes';
import { Icon, type IconName } from './icon';

export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'plain';

interface Looks {
    kind?: ButtonKind;
    small?: boolean;
    icon?: IconName;
    children: ComponentChildren;
}

function looksOf(kind: ButtonKind, small: boolean): string {
    return classes(styles.button, styles[kind], small && styles.small);
}

type ButtonProps = Looks & Omit<JSX.IntrinsicElements['button'], 'icon'>;

export function Button({ kind = 'primary', small = false, icon, children, ...rest }: ButtonProps) {
    return (
        <button type="button" {...rest} class={looksOf(kind, small)}>
            {icon !== undefined && <Icon name={icon} size={18} />}
            {children}
        </button>
    );
}

type LinkProps = Looks & Omit<JSX.IntrinsicElements['a'], 'icon'> & { href: string };

/** A link that looks like a button. */
export function ButtonLink({
    kind = 'primary',
    small = false,
    icon,
    children,
    ...rest
}: LinkProps) {
    return (
        <a {...rest} class={looksOf(kind, small)}>
            {icon !== undefined && <Icon name={icon} size={18} />}
            {children}
        </a>
    );
}

interface IconButtonProps extends Omit<JSX.IntrinsicElements['button'], 'label' | 'icon'> {
    icon: IconName;
    /** What it does, in words. */
    label: string;
    buttonRef?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, buttonRef, ...rest }: IconButtonProps) {
    return (
        <button
            type="button"
            title={label}
            {...rest}
            ref={buttonRef}
            class={styles.icon}
            aria-label={label}
        >
            <Icon name={icon} />
        </button>
    );
}
