import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { Avatar } from '~/ui/avatar';
import { classes } from '~/ui/classes';
import { Icon, type IconName } from '~/ui/icon';
import styles from './offer.module.css';

/** What an option of a list of completions shows: somebody, or words with a sign before them. */
export type Offered =
    { account: Account } | { icon: IconName; words: ComponentChildren; hint?: string | undefined };

interface Props {
    id: string;
    offered: Offered;
    isActive: boolean;
    onTake: () => void;
}

/** An option below a box in which one types; the focus stays in the box. */
export function Offer({ id, offered, isActive, onTake }: Props) {
    const option = useRef<HTMLDivElement>(null);
    useEffect(() => {
        if (isActive) {
            option.current?.scrollIntoView({ block: 'nearest' });
        }
    }, [isActive]);
    return (
        <div
            ref={option}
            id={id}
            role="option"
            aria-selected={isActive}
            class={classes(styles.option, isActive && styles.active)}
            // Before the box loses the focus.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={onTake}
        >
            {'account' in offered ? (
                <>
                    <Avatar account={offered.account} size="small" />
                    <span class={styles.words}>
                        <bdi>{nameOf(offered.account)}</bdi>{' '}
                        <span class={styles.soft}>@{offered.account.acct}</span>
                    </span>
                </>
            ) : (
                <>
                    <span class={styles.icon}>
                        <Icon name={offered.icon} size={20} />
                    </span>
                    <span class={styles.words}>
                        {offered.words}
                        {offered.hint !== undefined && (
                            <>
                                {' '}
                                <span class={styles.soft}>{offered.hint}</span>
                            </>
                        )}
                    </span>
                </>
            )}
        </div>
    );
}
