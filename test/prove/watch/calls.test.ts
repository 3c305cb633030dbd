import { watchCalls } from '../../../src/prove/watch/calls';
import { createCanaries } from '../../../src/prove/watch/canaries';
import { createSearch } from '../../../src/prove/watch/search';
import { parseSystemCall } from '../../../src/prove/watch/strace-line';

describe('a line of strace', () => {
  it('is read with its descriptor and its bytes', () => {
    const call = parseSystemCall('11744 write(21</tmp/pt/\\303\\243"x>, "h\\303\\251\\"llo\\n\\0", 9) = 9');
    expect(call).toMatchObject({ thread: 11744, name: 'write', descriptor: '21', target: '/tmp/pt/\\303\\243"x' });
    expect(call?.strings.map(String)).toEqual(['hé"llo\n\0']);
  });

  it('is read where many pieces are written, or the call is not over yet', () => {
    const call = parseSystemCall(
      '7 writev(22<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="one", iov_len=3}, {iov_base="two", iov_len=3}], 2 <unfinished ...>',
    );
    expect([call?.target, call?.strings.map(String)]).toEqual(['TCP:[127.0.0.1:1->127.0.0.1:2]', ['one', 'two']]);
  });

  it('tells that a string was cut', () => {
    expect(parseSystemCall('7 write(3<pipe:[1]>, "abc"..., 900) = 900')?.cut).toBe(true);
    expect(parseSystemCall('7 write(3<pipe:[1]>, "abc...", 6) = 6')?.cut).toBe(false);
  });

  it.each(['7 <... write resumed>) = 3', '7 +++ exited with 0 +++', '7 --- SIGTERM {si_signo=SIGTERM} ---', ''])(
    'is none: %s',
    (line) => {
      expect(parseSystemCall(line)).toBeUndefined();
    },
  );
});

describe('the watch over system calls', () => {
  const canaries = createCanaries();
  const { word } = canaries.of('prompt', 'aaa');
  const watch = () =>
    watchCalls(createSearch(canaries), {
      services: new Set(['127.0.0.1:1000']),
      own: new Set(['127.0.0.1:3000']),
    });
  const found = (...lines: readonly string[]): readonly string[] => {
    const one = watch();
    for (const line of lines) one.take(line);
    return one.findings.map(({ kind, place }) => `${kind}: ${place}`);
  };

  it('lets words go to the services and to who asked', () => {
    const one = watch();
    one.take(`1 write(9<TCP:[127.0.0.1:50000->127.0.0.1:1000]>, "POST ${word}", 9) = 9`);
    one.take(`1 writev(9<TCP:[127.0.0.1:3000->127.0.0.1:50001]>, [{iov_base="${word}", iov_len=9}], 1) = 9`);
    expect([one.findings, one.permitted()]).toEqual([[], 2]);
  });

  it.each([
    ['a file', `1 write(9</tmp/x>, "${word}", 9) = 9`, 'words: /tmp/x'],
    ['a file that is gone', `1 write(9</tmp/x>(deleted), "${word}", 9) = 9`, 'words: /tmp/x'],
    ['a place in a file', `1 pwrite64(9</tmp/x>, "${word}", 9, 0) = 9`, 'words: /tmp/x'],
    ['a pipe', `1 write(9<pipe:[123]>, "${word}", 9) = 9`, 'words: pipe'],
    [
      'another socket',
      `1 write(9<TCP:[127.0.0.1:5->127.0.0.1:6]>, "${word}", 9) = 9`,
      'words: TCP:[127.0.0.1:5->127.0.0.1:6]',
    ],
    ['another program', `1 execve("/bin/true", ["true", "${word}"], 0x7f /* 3 vars */) = 0`, 'words: no descriptor'],
    ['a name', `1 mkdir("/tmp/${word}", 0777) = 0`, 'words: no descriptor'],
    [
      'a file that is only asked for',
      `1 statx(AT_FDCWD, "/tmp/${word}", 0, 0, 0x7ff) = -1 ENOENT`,
      'words: no descriptor',
    ],
    ['the name of what is taken away', `1 unlink("/tmp/${word}") = -1 ENOENT`, 'words: no descriptor'],
    ['an attribute', `1 setxattr("/tmp/x", "user.a", "${word}", 9, 0) = 0`, 'words: no descriptor'],
  ])('finds words that go to %s', (_where, line, expected) => {
    expect(found(line)).toEqual([expected]);
  });

  it('finds words that are written letter by letter', () => {
    const lines = [...word].map((letter) => `1 write(9</tmp/x>, "${letter}", 1) = 1`);
    expect(found(...lines)).toContain('words: /tmp/x');
  });

  it.each([
    [
      '1 connect(9<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("10.0.0.1")}, 16) = 0',
      '10.0.0.1:443',
    ],
    [
      '1 connect(9<TCPv6:[1]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
      '[2001:db8::1]:443',
    ],
    [
      '1 sendto(9<UDP:[1]>, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}, 16) = 1',
      '10.0.0.2:53',
    ],
    [
      '1 sendmsg(9<UDP:[1]>, {msg_name={sa_family=AF_INET, sin_port=htons(514), sin_addr=inet_addr("10.0.0.3")}, msg_namelen=16, msg_iov=[{iov_base="x", iov_len=1}], msg_iovlen=1}, 0) = 1',
      '10.0.0.3:514',
    ],
    ['1 connect(9<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0', 'unix:/run/x'],
    ['1 connect(9<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path=@"out"}, 6) = 0', 'unix:@out'],
    ['1 bind(9<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path=@"in"}, 5) = 0', 'unix:@in'],
    ['1 sendto(9<UNIX-DGRAM:[1]>, "x", 1, 0, {sa_family=AF_UNIX, sun_path="/dev/log"}, 110) = 1', 'unix:/dev/log'],
    [
      '1 bind(9<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(4000), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
      '0.0.0.0:4000',
    ],
  ])('finds a connection to a host that is not on the list: %#', (line, place) => {
    expect(found(line)).toEqual([`connection: ${place}`]);
  });

  it('lets the services be connected to', () => {
    expect(
      found(
        '1 connect(9<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(1000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
      ),
    ).toEqual([]);
  });

  it('lets the program listen once each time that it is started', () => {
    const listens =
      '1 bind(9<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0';
    const one = watch();
    one.take(listens);
    one.started();
    one.take(listens);
    expect(one.findings).toEqual([]);
    one.take(listens);
    expect(one.findings).toEqual([{ kind: 'connection', call: 'bind', place: '127.0.0.1:0' }]);
  });

  it('says so where a call moves what cannot be seen', () => {
    expect(found('1 sendfile(9</tmp/x>, 10</tmp/y>, NULL, 100) = 100')).toEqual(['unseen: /tmp/x']);
    expect(found('1 write(9</tmp/x>, "abc"..., 5000000) = 5000000')).toHaveLength(1);
  });
});
