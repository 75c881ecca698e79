using System.Text;

namespace Mlops.Pipelines.Tests.Specification;

/// <summary>What a person is told about each mistake, word for word.</summary>
public sealed class MistakeTests : IDisposable
{
    readonly PipelineDraft draft = new();

    public void Dispose() => draft.Dispose();

    [Fact]
    public void EachMistakeIsSaidAsApproved()
    {
        var said = new StringBuilder();
        foreach (var (title, yaml) in MistakeCatalog.Files)
            said.Append("== ").Append(title).Append('\n').Append(draft.Problems(yaml)).Append("\n\n");
        foreach (var (title, assignment) in MistakeCatalog.Overrides)
            said.Append("== ").Append(title).Append('\n')
                .Append(draft.Problems(PipelineDraft.Smallest, null, assignment)).Append("\n\n");

        var approved = Path.Combine(
            RepositoryRoot.Path, "tests/Mlops.Pipelines.Tests/Specification/Mistakes.approved.txt");
        var received = Path.Combine(AppContext.BaseDirectory, "Mistakes.received.txt");
        File.WriteAllText(received, said.ToString());
        var differs = said.ToString().Split('\n')
            .Zip(File.ReadAllText(approved).Split('\n').Append("(nothing)"))
            .FirstOrDefault(lines => lines.First != lines.Second);
        differs.ShouldBe(default, $"If the words are as meant, copy {received} over {approved}");
    }

    [Fact]
    public void AllMistakesOfAFileAreSaidAtOnce()
    {
        var problems = draft.Problems("""
            nam: churn
            data: { sources: [], tme: x }
            train: { task: bin, label: y, trainer: { name: fast-tree, leafs: 3, trees: many } }
            """);

        string[] places =
        [
            "[name]", "[nam]", "[data.sources]", "[data.tme]", "[train.task]",
            "[train.trainer.leafs]", "[train.trainer.trees]",
        ];
        foreach (var place in places)
            problems.ShouldContain(place);
    }
}
