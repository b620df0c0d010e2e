using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Makes Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
        /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
        /// <param name="eps">Added to the root of the average squared gradient.</param>
        /// <param name="weight_decay">Every step multiplies the parameters by 1 - lr · this.</param>
        /// <param name="amsgrad">Whether the largest average squared gradient so far counts.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static AdamW AdamW(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1E-08, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Makes Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
        /// <param name="parameters">The parameters; the names do not matter.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
        /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
        /// <param name="eps">Added to the root of the average squared gradient.</param>
        /// <param name="weight_decay">Every step multiplies the parameters by 1 - lr · this.</param>
        /// <param name="amsgrad">Whether the largest average squared gradient so far counts.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static AdamW AdamW(
            IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1E-08, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false) =>
            new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Makes Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
        /// <param name="parameters">The groups of parameters; the other arguments are defaults of what a group leaves open.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
        /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
        /// <param name="eps">Added to the root of the average squared gradient.</param>
        /// <param name="weight_decay">Every step multiplies the parameters by 1 - lr · this.</param>
        /// <param name="amsgrad">Whether the largest average squared gradient so far counts.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static AdamW AdamW(
            IEnumerable<AdamW.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1E-08, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Makes Adam (Kingma and Ba 2015).</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
        /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
        /// <param name="eps">Added to the root of the average squared gradient.</param>
        /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
        /// <param name="amsgrad">Whether the largest average squared gradient so far counts.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static Adam Adam(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1E-08, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Makes Adam (Kingma and Ba 2015).</summary>
        /// <param name="parameters">The parameters; the names do not matter.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
        /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
        /// <param name="eps">Added to the root of the average squared gradient.</param>
        /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
        /// <param name="amsgrad">Whether the largest average squared gradient so far counts.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static Adam Adam(
            IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1E-08, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false) =>
            new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Makes Adam (Kingma and Ba 2015).</summary>
        /// <param name="parameters">The groups of parameters; the other arguments are defaults of what a group leaves open.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
        /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
        /// <param name="eps">Added to the root of the average squared gradient.</param>
        /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
        /// <param name="amsgrad">Whether the largest average squared gradient so far counts.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static Adam Adam(
            IEnumerable<Adam.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1E-08, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Makes gradient descent, with momentum if wanted.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="learningRate">Learning rate.</param>
        /// <param name="momentum">Share of the last step that is kept.</param>
        /// <param name="dampening">Share of the gradient that a step with momentum leaves out.</param>
        /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
        /// <param name="nesterov">Whether the gradient counts once more on top of the momentum.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static SGD SGD(
            IEnumerable<Parameter> parameters, double learningRate, double momentum = 0.0, double dampening = 0.0,
            double weight_decay = 0.0, bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <summary>Makes gradient descent, with momentum if wanted.</summary>
        /// <param name="parameters">The parameters; the names do not matter.</param>
        /// <param name="learningRate">Learning rate.</param>
        /// <param name="momentum">Share of the last step that is kept.</param>
        /// <param name="dampening">Share of the gradient that a step with momentum leaves out.</param>
        /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
        /// <param name="nesterov">Whether the gradient counts once more on top of the momentum.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static SGD SGD(
            IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0.0, double dampening = 0.0,
            double weight_decay = 0.0, bool nesterov = false, bool maximize = false) =>
            new(parameters.Select(pair => pair.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <summary>Makes gradient descent, with momentum if wanted.</summary>
        /// <param name="parameters">The groups of parameters; the other arguments are defaults of what a group leaves open.</param>
        /// <param name="learningRate">Learning rate.</param>
        /// <param name="momentum">Share of the last step that is kept.</param>
        /// <param name="dampening">Share of the gradient that a step with momentum leaves out.</param>
        /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
        /// <param name="nesterov">Whether the gradient counts once more on top of the momentum.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public static SGD SGD(
            IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0.0,
            double weight_decay = 0.0, bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
    }
}
