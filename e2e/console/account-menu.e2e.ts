import { expect, test } from './hub-fixture'

test('the account menu opens and closes as often as one likes, by mouse and keys, and gives the focus back', async ({
  floor
}) => {
  const { page, complaints, axe, look } = await floor.enter()
  const target = page.getByRole('button', { name: /^Account and settings of/ })
  const signOut = page.getByRole('button', { name: 'Sign out' })
  for (let round = 0; round < 3; round += 1) {
    await target.click()
    await expect(signOut).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(signOut).toHaveCount(0)
    await expect(target).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(signOut).toBeVisible()
    await target.click()
    await expect(signOut).toHaveCount(0)
  }
  await target.click()
  // The mark of a segmented control takes the click that its field is covered from.
  await page.getByText('Dark', { exact: true }).click()
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  expect(await axe()).toEqual([])
  await look('account-menu-dark')
  await page.keyboard.press('Escape')
  await page.reload()
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  expect(complaints).toEqual([])
})
