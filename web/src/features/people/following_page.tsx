import type { PageProps } from '~/router/router';
import { PeopleList } from './people_list';

export default function FollowingPage({ params }: PageProps) {
    return <PeopleList name={params.name ?? ''} which="following" />;
}
