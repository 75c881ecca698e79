namespace Mlops.Engine.Tests.Storing;

/// <summary>A note is what was remembered under its name, or none: never anything else.</summary>
public sealed class NotesTests : IDisposable
{
    static readonly NoteName Name = new("champion", "p", "north");

    readonly Bench bench = new();

    public NotesTests() => bench.Open().Remember(Name, "model 7"u8);

    [Fact]
    public void WhatWasRememberedIsRecalledUnderItsNameAlone()
    {
        bench.Open().Recall(Name).ShouldBe("model 7"u8.ToArray());
        bench.Open().Recall(Name with { Cell = null }).ShouldBeNull();
        bench.Open().Recall(Name with { Kind = "champion-of-all" }).ShouldBeNull();
        bench.Open().RecallAll("champion").ShouldHaveSingleItem().ShouldBe("model 7"u8.ToArray());
        bench.Open().RecallAll("champ").ShouldBeEmpty();
    }

    [Fact]
    public void OneOfOneChangedBitIsForgotten() =>
        ShouldBeForgotten(whole => Enumerable.Range(0, whole.Length).Select(at =>
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 << (at % 8));
            return changed;
        }));

    [Fact]
    public void OneThatIsCutOffOrGoesOnIsForgotten() =>
        ShouldBeForgotten(whole =>
            [.. Enumerable.Range(0, whole.Length).Select(length => whole[..length]), [.. whole, (byte)'\n']]);

    [Theory]
    [InlineData("mlops-note/2")]
    [InlineData("mlops-note/11")]
    [InlineData("")]
    public void OneOfAnotherVersionIsNotMisread(string version) =>
        ShouldBeForgotten(whole =>
        {
            var text = System.Text.Encoding.UTF8.GetString(Sealed.Open(whole)!.Value.Span);
            text.ShouldStartWith("mlops-note/1 ");
            return
            [
                Sealed.Close(System.Text.Encoding.UTF8.GetBytes(version + text["mlops-note/1".Length..])),
                Sealed.Close(System.Text.Encoding.UTF8.GetBytes(version)),
            ];
        });

    [Fact]
    public void OneThatLiesUnderAnotherNameIsNotThatOne()
    {
        bench.Open().Remember(Name with { Cell = "south" }, "model 8"u8);
        string[] paths = Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, "notes"));
        var own = paths.Single(path => File.ReadAllText(path).EndsWith('7'));
        File.Copy(own, paths.Single(path => path != own), overwrite: true);

        bench.Open().Recall(Name with { Cell = "south" }).ShouldBeNull();
        bench.Open().RecallAll("champion").ShouldHaveSingleItem();
    }

    public void Dispose() => bench.Dispose();

    /// <summary>And what is remembered next is recalled.</summary>
    void ShouldBeForgotten(Func<byte[], IEnumerable<byte[]>> spoilt)
    {
        var path = Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, "notes")).ShouldHaveSingleItem();
        foreach (var content in spoilt(File.ReadAllBytes(path)))
        {
            File.WriteAllBytes(path, content);
            bench.Open().Recall(Name).ShouldBeNull();
            bench.Open().RecallAll(Name.Kind).ShouldBeEmpty();
        }
        bench.Open().Remember(Name, "model 9"u8);
        bench.Open().Recall(Name).ShouldBe("model 9"u8.ToArray());
    }
}
