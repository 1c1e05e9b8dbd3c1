import type { Account } from '~/api/types';
import styles from './avatar.module.css';
import { classes } from './classes';

interface Props {
    account: Pick<Account, 'id' | 'avatar' | 'displayName' | 'username'>;
    size?: 'small' | 'medium' | 'large';
}

const TINTS = [
    styles.tint0,
    styles.tint1,
    styles.tint2,
    styles.tint3,
    styles.tint4,
    styles.tint5,
    styles.tint6,
    styles.tint7,
];
const PIXELS = { small: 32, medium: 44, large: 88 };

/** The same person always has the same colour. */
function tintOf(id: string): string | undefined {
    let sum = 0;
    for (const digit of id) {
        sum = (sum * 31 + digit.charCodeAt(0)) % 9973;
    }
    return TINTS[sum % TINTS.length];
}

/** The first letter of the name, whatever the script. */
function initialOf({ displayName, username }: Props['account']): string {
    const letter = /[\p{L}\p{N}]/u.exec(displayName) ?? /./u.exec(username);
    return (letter?.[0] ?? '?').toLocaleUpperCase();
}

/** Always beside the name, so it is silent. Who has no picture gets an initial on a tint. */
export function Avatar({ account, size = 'medium' }: Props) {
    if (account.avatar === '' || account.avatar.endsWith('/missing.png')) {
        return (
            <span
                class={classes(styles.avatar, styles[size], tintOf(account.id))}
                aria-hidden="true"
            >
                {initialOf(account)}
            </span>
        );
    }
    return (
        <img
            class={classes(styles.avatar, styles.picture, styles[size])}
            src={account.avatar}
            alt=""
            width={PIXELS[size]}
            height={PIXELS[size]}
            loading="lazy"
            decoding="async"
        />
    );
}
