import type { Params } from '~/api/params';
import type { CredentialAccount } from '~/api/types';

/** What stands in the form. */
export interface Profile {
    displayName: string;
    note: string;
    isBot: boolean;
    fields: { name: string; value: string }[];
}

/** The API's own limits: docs of Mastodon name them, and the server keeps to them. */
export const NAME_MAX = 30;
export const NOTE_MAX = 500;
export const FIELDS_MAX = 4;
export const FIELD_MAX = 255;

export function profileOf(account: CredentialAccount): Profile {
    return {
        displayName: account.displayName,
        note: account.source.note ?? '',
        isBot: account.bot,
        fields: (account.source.fields ?? []).map(({ name, value }) => ({ name, value })),
    };
}

/** Fields without any text are not there. */
export function filledFields(profile: Profile): Profile['fields'] {
    return profile.fields.filter(({ name, value }) => name.trim() !== '' || value.trim() !== '');
}

/** As `update_credentials` takes it. Empty fields at the end remove those that there were. */
export function paramsOf(profile: Profile): Params {
    const filled = filledFields(profile);
    const attributes: Record<string, { name: string; value: string }> = {};
    for (let index = 0; index < FIELDS_MAX; ++index) {
        attributes[String(index)] = filled[index] ?? { name: '', value: '' };
    }
    return {
        displayName: profile.displayName.trim(),
        note: profile.note,
        bot: profile.isBot,
        fieldsAttributes: attributes,
    };
}

export function isSameProfile(a: Profile, b: Profile): boolean {
    return JSON.stringify(paramsOf(a)) === JSON.stringify(paramsOf(b));
}

export type Problem = 'nameTooLong' | 'noteTooLong' | 'fieldWithoutName';

/** What the server would refuse, said before it is asked. Letters are counted as people do. */
export function problemsOf(profile: Profile): Problem[] {
    const problems: Problem[] = [];
    if ([...profile.displayName.trim()].length > NAME_MAX) {
        problems.push('nameTooLong');
    }
    if ([...profile.note].length > NOTE_MAX) {
        problems.push('noteTooLong');
    }
    if (filledFields(profile).some(({ name }) => name.trim() === '')) {
        problems.push('fieldWithoutName');
    }
    return problems;
}
