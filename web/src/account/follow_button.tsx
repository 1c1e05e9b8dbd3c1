import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { ownId } from '~/session/session';
import { needSession } from '~/session/need_session';
import { relationships } from '~/store/store';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { toggleFollow } from './follow';

/** Nothing for oneself, nor while it is not known how one stands to the account. */
export function FollowButton({ account }: { account: Account }) {
    const t = texts().account;
    const own = ownId.value;
    const now = relationships.watch(account.id).value;
    const name = nameOf(account);
    if (account.id === own || (own !== null && now === undefined)) {
        return null;
    }
    const isFollowing = now?.following === true;
    const isRequested = now?.requested === true;
    const label = isRequested ? t.requested : isFollowing ? t.following : t.follow;
    return (
        <Button
            small
            kind={isFollowing || isRequested ? 'quiet' : 'primary'}
            aria-label={`${label}: ${name}`}
            onClick={() => {
                if (needSession()) {
                    void toggleFollow(account);
                }
            }}
        >
            {label}
        </Button>
    );
}
