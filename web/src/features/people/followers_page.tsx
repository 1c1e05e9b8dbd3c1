import type { PageProps } from '~/router/router';
import { PeopleList } from './people_list';

export default function FollowersPage({ params }: PageProps) {
    return <PeopleList name={params.name ?? ''} which="followers" />;
}
