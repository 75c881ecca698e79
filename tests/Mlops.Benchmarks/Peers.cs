using System.Globalization;
using System.Text;

namespace Mlops.Benchmarks;

/// <summary>The same independent copies for ninja, make and Snakemake, each in a folder of its own.</summary>
sealed class Peers
{
    readonly List<Peer> present = [];
    readonly string folder;
    readonly int files;

    Peers(string folder, int files) => (this.folder, this.files) = (folder, files);

    public IReadOnlyList<string> Absent { get; } = Tools.Absent("ninja", "make", "snakemake", "dvc", "bazel");

    public static Peers Copying(string folder, int files, int bytesEach)
    {
        var peers = new Peers(folder, files);
        peers.Add("ninja", "build.ninja", ["ninja"], "no work to do", Ninja, bytesEach);
        peers.Add("make", "Makefile", ["make", "-j2"], "up to date|Nothing to be done", Make, bytesEach);
        peers.Add("snakemake", "Snakefile", ["snakemake", "-j2"], "Nothing to be done", Snakemake, bytesEach);
        return peers;
    }

    /// <summary>Everything copied, from nothing.</summary>
    public IEnumerable<Contender> Cold() => present.Select(peer => new Contender(
        $"`{string.Join(' ', peer.Command)}`", peer.Command, peer.Folder, "",
        _ => Clear(peer), () => Missing(peer), peer.Command[0] == "snakemake" ? 1 : int.MaxValue));

    public IEnumerable<Contender> Idle() => present.Select(peer => new Contender(
        $"`{string.Join(' ', peer.Command)}`", peer.Command, peer.Folder, peer.Idle));

    public IEnumerable<Contender> OneChanged() => present.Select(peer => new Contender(
        $"`{string.Join(' ', peer.Command)}`", peer.Command, peer.Folder, "",
        number => File.WriteAllText(Path.Combine(peer.Folder, "in", "7"), $"changed {number}"),
        () => File.ReadAllText(Path.Combine(peer.Folder, "out", "7"))
            .StartsWith("changed", StringComparison.Ordinal)
            ? null : "the changed file was not copied"));

    public void Settle()
    {
        foreach (var peer in present)
            if (ChildProcess.Run(peer.Command, peer.Folder) is { ExitCode: not 0 } failed)
                throw new InvalidOperationException(failed.Output);
    }

    string? Missing(Peer peer) =>
        Directory.GetFiles(Path.Combine(peer.Folder, "out")).Length is var made && made == files
            ? null : $"made {made} of {files} files";

    static void Clear(Peer peer)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(peer.Folder, "out")))
            File.Delete(file);
        File.Delete(Path.Combine(peer.Folder, ".ninja_log"));
    }

    void Add(string tool, string file, string[] command, string idle, Func<int, string> text, int bytesEach)
    {
        if (!Tools.Has(tool))
            return;
        var own = Directory.CreateDirectory(Path.Combine(folder, tool)).FullName;
        Directory.CreateDirectory(Path.Combine(own, "in"));
        Directory.CreateDirectory(Path.Combine(own, "out"));
        for (var number = 0; number < files; number++)
            File.WriteAllText(Path.Combine(own, "in", number.ToString(CultureInfo.InvariantCulture)),
                new string('x', bytesEach));
        File.WriteAllText(Path.Combine(own, file), text(files));
        present.Add(new Peer(own, command, idle));
    }

    static string Ninja(int files)
    {
        var text = new StringBuilder("rule cp\n  command = cp $in $out\n");
        for (var number = 0; number < files; number++)
            text.Append(CultureInfo.InvariantCulture, $"build out/{number}: cp in/{number}\n");
        return text.ToString();
    }

    static string Make(int files) =>
        "all: $(patsubst in/%,out/%,$(wildcard in/*))\nout/%: in/%\n\tcp $< $@\n.PHONY: "
        + $"all\n# {files} files\n";

    static string Snakemake(int files) => $$"""
        rule all:
            input: expand("out/{n}", n=range({{files}}))
        rule cp:
            input: "in/{n}"
            output: "out/{n}"
            shell: "cp {input} {output}"
        """;

    sealed record Peer(string Folder, IReadOnlyList<string> Command, string Idle);
}
