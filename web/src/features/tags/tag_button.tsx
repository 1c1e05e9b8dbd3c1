import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { followsTag, toggleTag } from './follow_tag';

/** Follows a hashtag: posts that carry it come to the home feed. */
export function TagButton({ name }: { name: string }) {
    const t = texts().account;
    const isFollowed = followsTag(name);
    if (session.value !== null && isFollowed === undefined) {
        return null;
    }
    const label = isFollowed === true ? t.following : t.follow;
    return (
        <Button
            small
            kind={isFollowed === true ? 'quiet' : 'primary'}
            aria-label={`${label}: #${name}`}
            aria-pressed={isFollowed === true}
            onClick={() => void toggleTag(name)}
        >
            {label}
        </Button>
    );
}
