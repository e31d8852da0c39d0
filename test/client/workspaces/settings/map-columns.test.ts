/** Columns of a file that somebody else's system wrote, matched to ours. */
import { describe, expect, test } from 'vitest'
import {
  fileByHeader,
  LEAVE,
  namesToSend,
  proposeMapping,
} from '../../../../client/workspaces/settings/exchange/map-columns.ts'
import { columnsOfFile } from '../../../../core/exchange/file-columns.ts'
import { fileKinds } from '../../../../core/exchange/kinds.ts'

describe('which column is which', () => {
  test('[R-26] every name of ours is known by itself, in any case', () => {
    for (const file of fileKinds) {
      const names = columnsOfFile(file).map(({ name }) => name)
      expect(
        proposeMapping(
          names.map((name) => ` ${name.toUpperCase()} `),
          file,
        ),
      ).toEqual(names)
    }
  })

  test('labels and what sounds like them are known, each column of ours once', () => {
    expect(
      proposeMapping(['User name', 'First name', 'last-name', 'E-Mail', 'Phone', 'email'], 'worker'),
    ).toEqual(['username', 'c_f_nm', 'c_l_nm', 'c_em', 'c_phone', null])
    expect(proposeMapping(['Account ID', 'Annual sales', 'Zip'], 'account').slice(1)).toEqual([
      'annual_sales',
      'zip',
    ])
  })

  test('a name goes before a likeness, wherever it stands', () => {
    expect(proposeMapping(['First name', 'c_f_nm'], 'worker')).toEqual([null, 'c_f_nm'])
  })

  test('what nobody knows is for a person to decide; what has no home here is left out', () => {
    expect(proposeMapping(['username', 'Favourite colour', '', 'Send_pw_email', 'c_add1'], 'worker')).toEqual(
      ['username', null, null, LEAVE, LEAVE],
    )
  })

  test('[R-a] rights and other features are never taken for each other', () => {
    expect(proposeMapping(['user_rights_vir', 'features_ext'], 'worker')).toEqual([
      'user_rights_vir',
      'features_ext',
    ])
  })

  test('what is left out is sent under a name that no other column has', () => {
    const header = ['username', 'active', 'Is active?']
    expect(namesToSend(header, ['username', LEAVE, 'active'])).toEqual({
      names: ['username', 'left out 2', 'active'],
      ignore: ['left out 2'],
    })
  })
})

test('a file is known by its columns where its name says nothing', () => {
  for (const file of fileKinds) expect(fileByHeader(columnsOfFile(file).map(({ name }) => name))).toBe(file)
  expect(fileByHeader(['User name', 'Group', 'First name'])).toBe('worker')
  expect(fileByHeader(['username', 'group'])).toBe('membership')
  expect(fileByHeader(['colour', 'size'])).toBeNull()
})
