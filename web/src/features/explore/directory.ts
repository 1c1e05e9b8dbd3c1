import { api } from '~/api/api';
import type { Page } from '~/api/client';
import { succeed, type Outcome } from '~/api/failure';
import type { Account } from '~/api/types';
import { nextOffset } from '../entries/offsets';
import { accountSourceOf, keptSource, type Source } from '../entries/source';

export type DirectoryOrder = 'active' | 'new';

const PAGE = 40;

/** All who wish to be listed. It pages by offset. */
export function directory(order: DirectoryOrder): Source<Account> {
    const page = async (offset: number): Promise<Outcome<Page<Account>>> => {
        const answer = await api.get<Account[]>('/api/v1/directory', {
            order,
            local: true,
            limit: PAGE,
            offset,
        });
        return answer.ok
            ? succeed({
                  items: answer.value,
                  next: nextOffset(offset, answer.value.length, PAGE),
                  prev: null,
              })
            : answer;
    };
    return keptSource(`directory: ${order}`, () =>
        accountSourceOf(
            () => page(0),
            (next) => page(Number(next)),
        ),
    );
}
