import { signal } from '@preact/signals';
import { api } from '~/api/api';
import type { Tag } from '~/api/types';
import { needSession } from '~/session/need_session';
import { sessionToken } from '~/session/session';
import { inOrder } from '~/store/in_order';
import { sayFailure } from '~/ui/say_failure';

/** By name in small letters: whether the reader follows the hashtag, as far as it is known. */
const followed = signal<ReadonlyMap<string, boolean>>(new Map());

sessionToken.subscribe(() => {
    followed.value = new Map();
});

function put(name: string, isFollowed: boolean): void {
    followed.value = new Map(followed.peek()).set(name.toLowerCase(), isFollowed);
}

export function keepTag(tag: Tag): void {
    if (typeof tag.following === 'boolean') {
        put(tag.name, tag.following);
    }
}

export function followsTag(name: string): boolean | undefined {
    return followed.value.get(name.toLowerCase());
}

/** Shown at once, taken back on failure. */
export async function toggleTag(name: string): Promise<void> {
    if (!needSession()) {
        return;
    }
    const before = followed.peek().get(name.toLowerCase()) ?? false;
    put(name, !before);
    const action = before ? 'unfollow' : 'follow';
    const answer = await inOrder(`tag ${name.toLowerCase()}`, () =>
        api.post<Tag>(`/api/v1/tags/${encodeURIComponent(name)}/${action}`),
    );
    if (answer.ok) {
        keepTag(answer.value);
    } else {
        put(name, before);
        sayFailure(answer.failure);
    }
}
