using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

/// <summary>What commands say in a container; the expected words are those of the busybox in the real test cluster's image.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly SimulatedNode _node = new();

    public ShellTests()
    {
        _node.ConfigMap("prompts", ("a.txt", "hello"), ("b.txt", "bye"));
        _node.Start(
            """{"name":"api","image":"langgenius/dify-api:1.12.1","env":[{"name":"MODE","value":"api"}],"volumeMounts":[{"name":"cm","mountPath":"/cm"},{"name":"cm","mountPath":"/one/a.txt","subPath":"a.txt","readOnly":true},{"name":"tmp","mountPath":"/data"}]}""",
            """ "volumes":[{"name":"cm","configMap":{"name":"prompts"}},{"name":"tmp","emptyDir":{}}], """,
            "good");
        _node.Pass(10);
    }

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("cat /one/a.txt; echo; cat /nope /one/a.txt", "hello\nhello", "cat: can't open '/nope': No such file or directory\n", 1)]
    [InlineData("cat /app", "", "cat: read error: Is a directory\n", 1)]
    [InlineData("head -c 3 /one/a.txt; echo; head /nope", "hel\n", "head: /nope: No such file or directory\n", 1)]
    [InlineData("head -n 1 /nope /one/a.txt /cm/b.txt", "\n==> /one/a.txt <==\nhello\n==> /cm/b.txt <==\nbye", "head: /nope: No such file or directory\n", 1)]
    [InlineData("tail -n 1 /etc/hostname; tail /nope", "good\n", "tail: can't open '/nope': No such file or directory\ntail: no files\n", 1)]
    [InlineData("wc -l /one/a.txt /cm/a.txt", "        0 /one/a.txt\n        0 /cm/a.txt\n        0 total\n", "", 0)]
    [InlineData("sha256sum /cm; head -c 3 /cm; cd /nope", "", "sha256sum: can't read '/cm': Is a directory\nhead: /cm: Input/output error\nsh: cd: line 0: can't cd to /nope: No such file or directory\n", 2)]
    [InlineData("wc /one/a.txt; wc -l < /one/a.txt; wc -c /one/a.txt", "        0         1         5 /one/a.txt\n0\n5 /one/a.txt\n", "", 0)]
    [InlineData("sha256sum /one/a.txt", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  /one/a.txt\n", "", 0)]
    [InlineData("tar cf - /cm/a.txt | tar xf - -C /data; cat /data/cm/a.txt; tar cf - /nope > /dev/null", "hello", "tar: removing leading '/' from member names\ntar: removing leading '/' from member names\ntar: /nope: No such file or directory\n", 1)]
    [InlineData("sha256sum /nope", "", "sha256sum: can't open '/nope': No such file or directory\n", 1)]
    [InlineData("ls /cm; ls -a /cm | grep -c '^[.]'; ls /nope", "a.txt\nb.txt\n4\n", "ls: /nope: No such file or directory\n", 1)]
    [InlineData("stat -c '%s %n %a %U' /one/a.txt; stat -L -c %F /cm/a.txt", "5 /one/a.txt 644 root\nregular file\n", "", 0)]
    [InlineData("grep ell /one/a.txt /cm/a.txt; grep x /nope", "/one/a.txt:hello\n/cm/a.txt:hello\n", "grep: /nope: No such file or directory\n", 2)]
    [InlineData("[ -f /x ]; echo $?; test -f /one/a.txt && echo yes; [ a = b", "1\nyes\n", "sh: missing ]\n", 2)]
    [InlineData("test 1 -eq x", "", "sh: x: bad number\n", 2)]
    [InlineData("touch /one/a.txt; echo x > /one/a.txt; echo x > /app/y", "", "touch: /one/a.txt: Read-only file system\nsh: can't create /one/a.txt: Read-only file system\nsh: can't create /app/y: Permission denied\n", 1)]
    [InlineData("echo x > /nope/x", "", "sh: can't create /nope/x: nonexistent directory\n", 1)]
    [InlineData("cat < /nope", "", "sh: can't open /nope: no such file\n", 1)]
    [InlineData("mkdir /one/x; mkdir /tmp", "", "mkdir: can't create directory '/one/x': Permission denied\nmkdir: can't create directory '/tmp': File exists\n", 1)]
    [InlineData("rm /nope; rm /one/a.txt; rm -f /nope", "", "rm: can't remove '/nope': No such file or directory\nrm: can't remove '/one/a.txt': Permission denied\n", 0)]
    [InlineData("id; id -u; id -un; whoami; pwd; hostname", "uid=1001(dify) gid=1001(dify) groups=1001(dify)\n1001\ndify\ndify\n/app/api\ngood\n", "", 0)]
    [InlineData("nosuch", "", "sh: nosuch: not found\n", 127)]
    [InlineData("sleep x", "", "sleep: invalid number 'x'\n", 1)]
    [InlineData("if then", "", "sh: syntax error: unexpected \"then\"\n", 2)]
    [InlineData("echo 'a", "", "sh: syntax error: unterminated quoted string\n", 2)]
    [InlineData("python -c 'print(1)'", "", "python: not in the sandbox: its containers have the small commands only\n", 127)]
    [InlineData("kill -9 $$", "", "", 137)]
    [InlineData("wget -qO- http://localhost:5001/health; wget -qO- http://localhost:9/", "{\"pid\":1,\"status\":\"ok\",\"version\":\"1.12.1\"}", "wget: can't connect to remote host (127.0.0.1): Connection refused\n", 1)]
    public async Task A_command_answers_as_the_real_one(string script, string output, string error, int code) =>
        Assert.Equal((code, output, error), await _node.ExecAsync("good", "sh", "-c", script));

    [Theory]
    [InlineData("X=1; echo $X ${X}2 '$X' \"$X\" ${Y:-none}", "1 12 $X 1 none\n")]
    [InlineData("false || echo or; true && echo and; ! true; echo $?", "or\nand\n1\n")]
    [InlineData("echo a | cat | wc -c", "2\n")]
    [InlineData("for f in /cm/*; do echo \"<$f>\"; done", "</cm/a.txt>\n</cm/b.txt>\n")]
    [InlineData("i=; while [ \"$i\" != xxx ]; do i=x$i; done; echo $i", "xxx\n")]
    [InlineData("if [ -d /cm ]; then echo yes; elif true; then echo maybe; else echo no; fi", "yes\n")]
    [InlineData("echo $(cat /one/a.txt) `echo there`", "hello there\n")]
    [InlineData("(cd /cm; pwd); pwd; cd /data && pwd", "/cm\n/app/api\n/data\n")]
    [InlineData("echo one > /data/f; echo two >> /data/f; cat /data/f; cat /nope 2>/dev/null; ls /nope 2>&1", "one\ntwo\nls: /nope: No such file or directory\n")]
    [InlineData("export A=b; env | grep ^A=; FOO=1 sh -c 'echo $FOO'; echo [$FOO]", "A=b\n1\n[]\n")]
    [InlineData("set -e; false; echo never", "")]
    [InlineData("sh -c 'exit 3'; echo $?; exit 0", "3\n")]
    [InlineData("printf '%s-%d\\n' a 3; echo -n x; echo -e 'a\\tb'", "a-3\nxa\tb\n")]
    [InlineData("type nosuch >/dev/null || echo missing; command -v cat # where", "missing\n/bin/cat\n")]
    [InlineData("sleep 1 && echo later", "later\n")]
    public async Task The_shell_understands_what_people_type(string script, string output)
    {
        var running = _node.ExecAsync("good", "sh", "-c", script);
        _node.Pass(2);
        Assert.Equal(output, (await running).Output);
    }

    [Theory]
    [InlineData("(", 100)]
    [InlineData("$(", 100)]
    [InlineData("! ", 10_000)]
    [InlineData("if true; then ", 100)]
    [InlineData("x", 100_000)]
    public async Task A_script_that_goes_too_far_is_refused(string part, int times) =>
        Assert.True((await _node.ExecAsync("good", "sh", "-c", string.Concat(Enumerable.Repeat(part, times)))).Code is 2);

    [Theory]
    [InlineData("x='eval $x'; eval $x")]
    [InlineData("echo 'sh /data/self' > /data/self; sh /data/self")]
    public async Task A_script_that_calls_itself_for_ever_is_ended(string script) =>
        Assert.True((await _node.ExecAsync("good", "sh", "-c", script)).Code is 2);

    [Fact]
    public async Task Input_is_read_by_what_asks_for_it()
    {
        Assert.Equal((0, "hi\nthere", ""), await _node.TypeAsync("good", "hi\nthere", tty: false, "cat"));
        Assert.Equal((3, "1001\nhi\n", ""), await _node.TypeAsync("good", "id -u\nread x\nhi\necho $x\nexit 3\necho never\n", tty: false, "sh"));
    }

    [Fact]
    public async Task A_terminal_prompts_echoes_and_knows_the_backspace() =>
        Assert.Equal((3, "/app/api $ id -ux\b \b\r\n1001\r\n/app/api $ cat /nope\r\ncat: can't open '/nope': No such file or directory\r\n/app/api $ exit 3\r\n", ""),
            await _node.TypeAsync("good", "id -ux\u007F\rcat /nope\rexit 3\r", tty: true, "sh"));

    [Fact]
    public async Task A_list_looks_as_busybox_prints_it()
    {
        var lines = (await _node.ExecAsync("good", "ls", "-la", "/cm")).Output.Split('\n');
        Assert.Equal("total 12", lines[0]);
        Assert.Matches("^drwxrwxrwx +\\d root     root          4096 Jan  1 00:00 \\.$", lines[1]);
        Assert.Matches("^lrwxrwxrwx    1 root     root            31 Jan  1 00:00 \\.\\.data -> \\.\\.2026_01_01_00_00_00\\.\\d{10}$".Replace("31", "\\d+", StringComparison.Ordinal), lines[4]);
        Assert.Equal("lrwxrwxrwx    1 root     root            12 Jan  1 00:00 a.txt -> ..data/a.txt", lines[5]);
    }

    [Fact]
    public async Task A_program_that_is_not_there_cannot_be_started()
    {
        var (code, _, failure) = await _node.ExecAsync("good", "nosuch");
        Assert.Null(code);
        Assert.EndsWith("OCI runtime exec failed: exec failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_cat_reads_files_boot_id_and_mounts()
    {
        const string Separator = "/proc/sys/kernel/random/boot_id";
        var (code, output, _) = await _node.ExecAsync("good", "cat", Separator, "/one/a.txt", Separator, "/proc/self/mountinfo", Separator);
        var id = output[..37];
        Assert.Equal((0, 4), (code, output.Split(id).Length));
        Assert.Contains(" /one/a.txt ro,relatime - ext4 ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_container_ends_what_runs_in_it()
    {
        var running = _node.ExecAsync("good", "sleep", "1000");
        _node.Delete("good", grace: 1);
        _node.Pass(3);
        Assert.Equal(137, (await running).Code);
    }
}
