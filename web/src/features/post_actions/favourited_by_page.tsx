import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { PeoplePage } from './people_page';

export default function FavouritedByPage({ params }: PageProps) {
    const t = texts().postActions;
    return (
        <PeoplePage
            path={`/api/v1/statuses/${params.id}/favourited_by`}
            title={t.favouritedBy}
            empty={t.nobodyFavourited}
            icon="heart"
        />
    );
}
