import type { ComponentChildren } from 'preact';
import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { accountPath } from '~/post/paths';
import { accounts } from '~/store/store';
import { language, texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import { familiarFollowers } from './familiar';
import styles from './people.module.css';
import { withOthers } from './with_others';

const FACES = 3;
const NAMED = 2;

/** "Followed by Ada, Bob and 3 others whom you follow"; its room is there before it is known. */
export function FamiliarLine({ account }: { account: Account }) {
    const t = texts().people;
    const ids = familiarFollowers(account.id).value ?? null;
    const familiar = (ids ?? []).flatMap((id) => accounts.watch(id).value ?? []);
    return (
        <div class={styles.familiar}>
            {familiar.length > 0 ? (
                <>
                    <span class={styles.faces} aria-hidden="true">
                        {familiar.slice(0, FACES).map((one) => (
                            <Avatar key={one.id} account={one} size="small" />
                        ))}
                    </span>
                    <span>
                        {t.followedBy} {named(familiar)}
                    </span>
                </>
            ) : (
                ids !== null && <span>{t.followedByNone}</span>
            )}
        </div>
    );
}

/** The first few as links, and how many there are besides. */
function named(familiar: readonly Account[]): ComponentChildren {
    const t = texts().people;
    const parts = withOthers(
        familiar.map(({ id }) => id),
        NAMED,
        t.othersFollowed,
        language.value,
    );
    return parts.map((part, index) => {
        const account = familiar.find(({ id }) => id === part.key);
        return account === undefined ? (
            part.text
        ) : (
            <a key={index} href={accountPath(account)}>
                <bdi>{nameOf(account)}</bdi>
            </a>
        );
    });
}
