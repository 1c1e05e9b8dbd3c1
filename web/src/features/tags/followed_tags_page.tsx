import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Tag } from '~/api/types';
import { texts } from '~/texts/texts';
import { Button, ButtonLink } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import entries from '../entries/entries.module.css';
import { keepTag } from './follow_tag';
import { TagRows } from './tag_rows';

interface Loaded {
    tags: Tag[];
    next: string | null;
}

/** The hashtags that one follows; one that is let go stays in sight until one leaves. */
export default function FollowedTagsPage() {
    const t = texts().tags;
    const [loaded, setLoaded] = useState<Loaded | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(path: string, before: Tag[]): Promise<void> {
        setFailure(null);
        const answer = await api.page<Tag>(path);
        if (answer.ok) {
            const { items, next } = answer.value;
            items.forEach(keepTag);
            setLoaded({ tags: [...before, ...items], next: items.length === 0 ? null : next });
        } else {
            setFailure(answer.failure);
        }
    }
    const again = (): void =>
        void load(loaded?.next ?? '/api/v1/followed_tags', loaded?.tags ?? []);
    useEffect(again, []);
    return (
        <Page title={t.followed} hasBack>
            {loaded === null && failure === null && <SkeletonCards count={3} />}
            {loaded !== null && loaded.tags.length === 0 && (
                <Note icon="search" title={t.noneTitle} text={t.none}>
                    <ButtonLink href="/explore">{texts().nav.explore}</ButtonLink>
                </Note>
            )}
            {loaded !== null && loaded.tags.length > 0 && <TagRows tags={loaded.tags} />}
            {failure !== null && <FailureNote failure={failure} onRetry={again} />}
            {loaded !== null && loaded.next !== null && failure === null && (
                <p class={entries.end}>
                    <Button kind="quiet" onClick={again}>
                        {texts().app.more}
                    </Button>
                </p>
            )}
        </Page>
    );
}
