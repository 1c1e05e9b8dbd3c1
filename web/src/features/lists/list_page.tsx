import type { List } from '~/api/types';
import { navigate, type PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { ButtonLink } from '~/ui/button';
import { confirm } from '~/ui/dialogs';
import { FailureNote } from '~/ui/failure_note';
import { MenuButton } from '~/ui/menu_button';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import { FeedView } from '../feeds/feed_view';
import { postFeed } from '../feeds/feeds';
import { showListDialog } from './list_dialog';
import { removeList } from './own_lists';
import { useList } from './use_list';

export default function ListPage({ params }: PageProps) {
    const t = texts().lists;
    const id = params.id ?? '';
    const { list, failure, reload } = useList(id);
    return (
        <Page
            title={list?.title ?? t.title}
            hasBack
            actions={list !== null && <ListMenu list={list} onChanged={reload} />}
        >
            {list === null && failure === null && <SkeletonCards />}
            {list === null && failure !== null && (
                <FailureNote failure={failure} onRetry={reload} />
            )}
            {list !== null && (
                <FeedView
                    source={postFeed(`/api/v1/timelines/list/${id}`, { stream: 'list', list: id })}
                    label={list.title}
                    empty={
                        <Note icon="people" title={t.emptyTitle} text={t.empty}>
                            <ButtonLink href={`/lists/${id}/members`}>{t.members}</ButtonLink>
                        </Note>
                    }
                />
            )}
        </Page>
    );
}

async function remove(list: List): Promise<void> {
    const t = texts().lists;
    const isSure = await confirm({
        title: t.removeTitle(list.title),
        text: t.removeText,
        action: t.remove,
        isDangerous: true,
    });
    if (!isSure) {
        return;
    }
    const answer = await removeList(list.id);
    if (answer.ok || answer.failure.kind === 'absent') {
        say(t.removed);
        navigate('/lists', { replace: true });
    } else {
        sayFailure(answer.failure);
    }
}

function ListMenu({ list, onChanged }: { list: List; onChanged: () => void }) {
    const t = texts().lists;
    return (
        <MenuButton
            label={t.menu}
            items={() => [
                {
                    label: t.members,
                    icon: 'people',
                    run: () => navigate(`/lists/${list.id}/members`),
                },
                {
                    label: t.edit,
                    icon: 'edit',
                    run: () => showListDialog(list, onChanged),
                },
                {
                    label: t.remove,
                    icon: 'trash',
                    isDangerous: true,
                    run: () => void remove(list),
                },
            ]}
        />
    );
}
