import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { PeoplePage } from './people_page';

export default function BoostedByPage({ params }: PageProps) {
    const t = texts().postActions;
    return (
        <PeoplePage
            path={`/api/v1/statuses/${params.id}/reblogged_by`}
            title={t.boostedBy}
            empty={t.nobodyBoosted}
            icon="boost"
        />
    );
}
