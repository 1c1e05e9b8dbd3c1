import { texts } from '~/texts/texts';
import { ButtonLink } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { SkeletonCards } from '~/ui/skeleton';
import type { Person } from './use_person';

/** What stands instead of an account's page while, or because, there is no account to show. */
export function PersonNote({ person: { failure, reload } }: { person: Person }) {
    const t = texts().people;
    if (failure === null) {
        return <SkeletonCards />;
    }
    if (failure.kind === 'absent') {
        return (
            <Note icon="person" title={t.absentTitle} text={t.absent} isAlert>
                <ButtonLink href="/search">{texts().nav.search}</ButtonLink>
            </Note>
        );
    }
    return <FailureNote failure={failure} onRetry={reload} />;
}
