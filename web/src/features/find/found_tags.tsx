import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '~/api/failure';
import type { Tag } from '~/api/types';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import entries from '../entries/entries.module.css';
import { keepTag } from '../tags/follow_tag';
import { TagRows } from '../tags/tag_rows';
import { searchPage } from './search_lists';

interface Loaded {
    tags: Tag[];
    next: string | null;
}

export function FoundTags({ q, empty }: { q: string; empty: ComponentChildren }) {
    const [loaded, setLoaded] = useState<Loaded | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await searchPage(q, 'hashtags', Number(loaded?.next ?? 0));
        if (answer.ok) {
            answer.value.items.forEach(keepTag);
            const tags = [...(loaded?.tags ?? []), ...answer.value.items];
            setLoaded({ tags, next: answer.value.next });
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), []);
    return (
        <>
            {loaded === null && failure === null && <SkeletonCards count={3} />}
            {loaded !== null && loaded.tags.length === 0 && empty}
            {loaded !== null && loaded.tags.length > 0 && <TagRows tags={loaded.tags} />}
            {failure !== null && <FailureNote failure={failure} onRetry={() => void load()} />}
            {loaded !== null && loaded.next !== null && failure === null && (
                <p class={entries.end}>
                    <Button kind="quiet" onClick={() => void load()}>
                        {texts().app.more}
                    </Button>
                </p>
            )}
        </>
    );
}
