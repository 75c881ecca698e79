using Mlops.Engine;
using Mlops.Pipelines.Scaffolding;

/// <summary>A person's own file becomes a pipeline.</summary>
sealed partial class Build
{
    [Parameter("With New: the raw file to make a pipeline of")]
    readonly string? Data;

    [Parameter("With New: what the pipeline is called; after its file when left out")]
    readonly string? Name;

    [Parameter("With New: the column to predict; guessed when left out")]
    readonly string? Label;

    Target New => _ => _
        .Description(
            "Make a pipeline of a raw file: schema, checks, split, trainer and gates, "
            + "to be looked at and edited")
        .Requires(() => Data)
        .Executes(async () =>
        {
            try
            {
                var made = await Scaffold.Make(PipelinesDirectory, Data!, Name, Label, Stop);
                Console.WriteLine($"  made       {made.File}");
                foreach (var note in made.Notes)
                    Console.WriteLine($"    - {note}");
                Console.WriteLine($"  next       ./build.sh --pipeline {made.Name}");
            }
            catch (ProblemException problem)
            {
                throw PersonsMistake(Refused(problem));
            }
        });
}
