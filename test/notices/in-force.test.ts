import { noticesInForce } from '../../src/notices/in-force';
import { aNotice } from '../support/consent';

describe('the notices in force', () => {
  const one = aNotice('one');
  const routes = [one.route, aNotice('without-statements').route];
  const handling = new Map([['one', one]]);

  it('are those of the vendors that state how they handle data', () => {
    expect([...noticesInForce(routes, handling, {}).keys()]).toEqual(['one']);
  });

  it('say where everybody can read them, and have the same number wherever that is', () => {
    const page = 'https://dejiren.example.com/data-handling';
    const [told] = noticesInForce(routes, handling, {}, page).values();
    const [untold] = noticesInForce(routes, handling, {}).values();
    expect([told?.page, untold?.page]).toEqual([page, undefined]);
    expect([told?.id, told?.materialId]).toEqual([one.id, one.materialId]);
    expect([untold?.id, untold?.materialId]).toEqual([one.id, one.materialId]);
  });
});
