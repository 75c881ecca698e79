using System.Globalization;

namespace Mlops.Benchmarks.Rows;

/// <summary>Reading files for their SHA-256.</summary>
static class DigestRows
{
    public static IEnumerable<Row> All(Playground playground)
    {
        var folder = playground.Folder("digests");
        var files = Enumerable.Range(0, 3).Select(number => Write(folder, number)).ToList();
        yield return new Row(
            "three-files",
            "SHA-256 of three files of 500 MB in the page cache; ours with the runtime's start", [
                new Contender("the engine's source index",
                    [.. Playground.Self, "digest-files", .. files], folder, "(?m)(^[0-9a-f]{64}.*\n){3}"),
                .. Peer("sha256sum", "sha256sum"),
                .. Peer("openssl", "openssl dgst -sha256 -r"),
            ], 5, Tools.Absent("sha256sum", "openssl", "xargs"));

        IEnumerable<Contender> Peer(string tool, string command) => Tools.Has(tool) && Tools.Has("xargs")
            ? [new Contender(
                $"`xargs -n1 -P2 {command}`", ["sh", "-c", $"ls {folder}/* | xargs -n1 -P2 {command}"],
                folder, "(?m)(^[0-9a-f]{64}.*\n){3}")]
            : [];
    }

    static string Write(string folder, int number)
    {
        var path = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        var block = new byte[1 << 20];
        new Random(number).NextBytes(block);
        using var file = File.Create(path);
        for (var megabyte = 0; megabyte < 500; megabyte++)
            file.Write(block);
        return path;
    }
}
