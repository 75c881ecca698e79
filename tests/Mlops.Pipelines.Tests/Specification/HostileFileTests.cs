using CsCheck;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Specification;

/// <summary>Files that nobody meant well.</summary>
public sealed class HostileFileTests : IDisposable
{
    readonly PipelineDraft draft = new();

    public void Dispose() => draft.Dispose();

    [Fact]
    public void ABombOfAliasesIsRefusedAndNeverExpanded()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"{(char)('a' + i)}: &{(char)('a' + i)} "
            + $"[{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + i - 1)}", 10))}]\n"));

        draft.Problems(bomb).ShouldContain("YAML-003: The anchor '&j' is not allowed");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void ADeepFileIsRefused(string level)
    {
        var problem = draft.Problems(string.Concat(Enumerable.Repeat(level, 20_000)));

        problem.ShouldContain("YAML-003: Nested deeper than 64 levels");
    }

    [Fact]
    public void AHugeFileIsRefusedUnread() =>
        draft.Problems(new string('#', PipelineFile.LargestFileBytes + 1)).ShouldBe("""
            churn/pipeline.yaml: YAML-001: The file is too large
              expected at most 1048576 bytes
              actual   1048577 bytes
            """);

    [Fact]
    public void BytesThatAreNoTextAreRefused()
    {
        var path = draft.Write("");
        File.WriteAllBytes(path, [(byte)'a', (byte)':', 0xC3, 0x28]);

        draft.Problems(() => PipelineFile.Read(path, new Dictionary<string, string>(), [])).ShouldBe("""
            churn/pipeline.yaml: YAML-001: The file is not text
              expected UTF-8
              actual   bytes that are not UTF-8
            """);
    }

    [Fact]
    public void NoCharacterReachesTheTerminalThatItWouldObey() =>
        draft.Problems("\"a\\e[31m\\u202eb\": 1\n" + PipelineDraft.Smallest).ShouldNotContain('\u001b');

    [Fact]
    public void WhateverIsWrittenIsReadOrExplained()
    {
        var pieces = Gen.OneOf(
            "\n", "  ", "- ", "? ", ": ", "[", "]", "{", "}", ",", "'", "\"", "#", "&a", "*a", "!t",
            "|", ">", "\t", "---", "...", "%YAML 1.2", "${", "}",
            "name", "data", "train", "~", "\\", "\0", "é", "1e9", "<<");
        var lines = PipelineDraft.Smallest.Split('\n');

        Gen.Select(Gen.Int[0, lines.Length], pieces.Array[0, 8]).Sample((at, inserted) =>
        {
            var yaml = string.Join('\n', lines[..at])
                + string.Concat(inserted) + string.Join('\n', lines[at..]);
            try
            {
                draft.Read(yaml).Name.ShouldNotBeNullOrEmpty();
            }
            catch (ProblemException explained)
            {
                explained.Problems.ShouldNotBeEmpty();
            }
        }, iter: 3000, threads: 1);
    }

    [Fact]
    public void WhateverIsSetIsReadOrExplained() =>
        Gen.String[Gen.Char["atrin.[]0\"={}:,-&*!$ \n\\"], 0, 12].Sample(text =>
        {
            try
            {
                draft.Read(PipelineDraft.Smallest, null, text).Name.ShouldNotBeNullOrEmpty();
            }
            catch (ProblemException explained)
            {
                explained.Problems.ShouldNotBeEmpty();
            }
        }, iter: 3000, threads: 1);
}
