using Mlops.Engine;
using Mlops.Pipelines.Graphs;

namespace Mlops.Pipelines.Sessions;

/// <summary>Puts what finished where people look for it, and notes what later runs compare with.</summary>
sealed class Results(Workspace workspace, string outputDirectory, ProjectGraph project)
{
    readonly ChampionHistory champions = new(workspace);
    readonly FrontPageNotes frontPage = new(workspace);

    public async Task Publish(Run run, Node node)
    {
        if (node == project.Index)
        {
            await PublishFrontPage(run);
            return;
        }
        foreach (var pipeline in project.Pipelines)
            if (pipeline.Programs.Find(node) is { } program)
                await Publish(run, pipeline, program);
            else if (pipeline.Specification.Name == node.Name.Pipeline && pipeline.FindCell(node.Name.Cell) is { } cell)
                await Publish(run, cell, node);
    }

    async Task PublishFrontPage(Run run)
    {
        if (run.Output(project.Index) is not { } page)
            return;
        await run.Place(project.Index, page.Html, PathOf(OutputPaths.Index));
        if (frontPage.IsOf(page.Html.Digest))
            return;
        foreach (var pipeline in project.Pipelines)
            frontPage.Remember(new FrontPageNote(
                pipeline.Specification.Name, Path.GetFileName(pipeline.Specification.Directory),
                ProjectGraph.Entries(pipeline, run.Upstream)));
        frontPage.SetPage(page.Html.Digest);
    }

    async Task Publish(Run run, CellGraph cell, Node node)
    {
        var (pipeline, value) = (cell.Specification.Name, cell.Cell);
        if (node == cell.Audit && run.Output(cell.Audit) is { } audit)
            await run.Place(node, audit.Html, PathOf(OutputPaths.Audit(pipeline, value)));
        else if (node == cell.DriftReport && run.Output(cell.DriftReport) is { } drift)
            await run.Place(node, drift.Html, PathOf(OutputPaths.Drift(pipeline, value)));
        else if (node == cell.Package && run.Output(cell.Package) is { Judgement.Accepted: true } package)
        {
            await run.Place(node, package.Archive, PathOf(OutputPaths.Package(pipeline, value, package.FileName)));
            champions.Packaged(pipeline, value, run.Output(cell.Model)!);
        }
    }

    /// <remarks>What other steps or the data take is for them alone.</remarks>
    async Task Publish(Run run, PipelineGraph pipeline, Node<ProgramOutput> program)
    {
        if (!pipeline.Programs.IsLast(program) || run.Output(program) is not { } output)
            return;
        foreach (var file in output.Files)
            await run.Place(program, file.File, PathOf(
                OutputPaths.StepFile(pipeline.Specification.Name, ProgramSteps.NameOf(program), file.Name)));
    }

    string PathOf(string relative) => Path.Combine(outputDirectory, relative);
}
