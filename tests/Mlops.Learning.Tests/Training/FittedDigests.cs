using System.Security.Cryptography;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Training;

/// <summary>
/// What a fresh process says of every trainer and task: one line with the digest of the model.
/// </summary>
static class FittedDigests
{
    public static int Print(TextWriter output)
    {
        var table = Samples.Table();
        foreach (var trainer in TrainerCatalog.All)
            foreach (var task in trainer.Tasks)
            {
                var fitted = ModelFitting.Fit(table, Samples.Train(task, trainer.Name));
                output.WriteLine(
                    $"{trainer.Name} {task} {Convert.ToHexStringLower(SHA256.HashData(fitted.Model))}");
            }
        return 0;
    }
}
